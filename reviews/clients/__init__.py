"""What talks to Google, and to nobody else."""
