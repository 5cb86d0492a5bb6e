"""The portal of services: applications, their events, the desk of employees."""
