"""Packets in, sightings out: sequence arithmetic, fragments, reassembly, handshake and outcome."""
