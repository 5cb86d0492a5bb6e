"""Bytes to envelope and back: the two SOAP versions, faults, attachments."""
