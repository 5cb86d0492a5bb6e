"""Answers to the operations of the portal's services."""
