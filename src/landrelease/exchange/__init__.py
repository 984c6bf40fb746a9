"""Readers and writers of outside formats; nothing read here enters a register by itself."""
