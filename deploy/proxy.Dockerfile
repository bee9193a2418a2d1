# The proxy without root: its certificates' folder belongs to an ordinary user.
FROM caddy:2
RUN adduser -D -u 10002 proxy && chown -R proxy /data /config
USER proxy
