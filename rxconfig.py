"""What Reflex must know; everything comes from dsbuilder's own settings."""

import reflex as rx

from dsbuilder.settings import settings

config = rx.Config(
    app_name="dsbuilder",
    # Only a placeholder in the built pages: dsbuilder/building.py makes them use the address they were loaded from.
    api_url="http://localhost:8000",
    deploy_url=settings().url,
    backend_host=settings().host,
    backend_port=settings().port,
    frontend_port=settings().port,
    cors_allowed_origins=settings().origins,
    trusted_proxy_hops=settings().trusted_proxies,
    redis_url=settings().redis_url.get_secret_value() if settings().redis_url else None,
    state_manager_mode="redis" if settings().redis_url else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    default_color_mode="system",
    plugins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
