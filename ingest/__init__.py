"""Turns files into passages of the library."""
