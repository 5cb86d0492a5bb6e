"""What happens without a message: background queues and jobs by the clock."""
