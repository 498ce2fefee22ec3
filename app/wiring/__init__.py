"""What ties the features together: their list, queue and worker, command line, sample."""
