"""Answers to the operations of SVC-17."""
