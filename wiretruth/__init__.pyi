from wiretruth.api.reading import read as read
from wiretruth.api.tables import rows as rows
from wiretruth.api.tables import table as table
from wiretruth.model.report import Report as Report

__version__: str
