"""How every channel is set up: load balancing, retries with push-back, no limit on the size of answers."""
from __future__ import annotations

import json
import os
from typing import Any

# The same in all clients; clients/service_config.json.
SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{"service": "kutip.v1.AnnotationService"}],
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.1s",
                "maxBackoff": "2s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
            },
        }
    ],
}

OPTIONS: list[tuple[str, Any]] = [
    ("grpc.service_config", json.dumps(SERVICE_CONFIG)),
    ("grpc.max_receive_message_length", -1),  # an answer is as large as it is; requests are what the server bounds
    ("grpc.max_reconnect_backoff_ms", 2000),  # a server that comes back is found again soon
]

TIMEOUT = 30.0  # seconds, for a call with all of its retries


def default_server() -> str:
    """Where the server is if the caller does not say: $KUTIP_SERVER, else where `kutip serve` listens."""
    return os.environ.get("KUTIP_SERVER", "127.0.0.1:50061")
