"""One question a file: does a record corroborate or contradict what a worker claims?"""
