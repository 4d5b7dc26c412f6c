"""What do people see? Django, here and nowhere else."""
