from desk_counter import board, counter, joined, root

__all__ = ["board", "counter", "joined", "root"]
