"""Plug room: RDATA, a few kindred types in one file.

Each module declares ``READERS`` (types that are the same in every class) or ``INTERNET_READERS`` (types of class IN
only), or both: from the number of a type to a function that reads ``octets[start:end]`` of a message and gives the text,
the target name and the preference.
"""
