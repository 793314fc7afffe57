"""TLS, as far as it shows itself: the ClientHello."""
