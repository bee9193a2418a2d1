"""The pharmacy's use cases: what to order today and why, what another quantity would do, the order accepted and handed out."""
