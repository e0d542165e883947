"""What a person sees and types: Rich and the terminal."""
