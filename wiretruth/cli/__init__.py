"""The command line: one command, one file, which declares ``command``. The file's name is the command's."""
