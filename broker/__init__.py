"""The broker: takes messages, has them checked and reviewed, delivers and keeps them."""
