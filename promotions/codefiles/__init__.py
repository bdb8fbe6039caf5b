"""Codes in CSV files, which people open in spreadsheets: written, read, and checked line by line.

A file names no person: codes that are personal are never written into one.
"""
