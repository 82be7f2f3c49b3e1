"""The diary: tables, repositories and migrations. SQL stands here and nowhere else."""
