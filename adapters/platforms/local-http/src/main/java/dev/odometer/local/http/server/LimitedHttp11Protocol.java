package dev.odometer.local.http.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1 with a limit of open connections for each client address, so that one client cannot take all
 * connections that Tomcat allows. An IPv6 address counts by its first 64 bits, which usually belong to one client. A
 * connection above the limit is closed before a byte is read.
 */
public final class LimitedHttp11Protocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedHttp11Protocol.class);
    private static final int PREFIX_BYTES = 8;
    private static final long LOG_EVERY_MILLIS = 60_000;

    private final Endpoint endpoint;

    /** Created by Tomcat, which calls the setters afterwards. */
    public LimitedHttp11Protocol() {
        this(new Endpoint());
    }

    private LimitedHttp11Protocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** @param max 0 for no limit */
    public void setMaxConnectionsPerAddress(int max) {
        endpoint.max = max;
    }

    public int getMaxConnectionsPerAddress() {
        return endpoint.max;
    }

    private static final class Endpoint extends NioEndpoint {

        private final AtomicLong lastLog = new AtomicLong(-LOG_EVERY_MILLIS);
        private volatile int max;

        /** Called for each accepted connection; false rejects it. */
        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (isAboveLimit(socket)) {
                // Tomcat closes and counts down only connections that it has registered.
                destroySocket(socket);
                return false;
            }
            return super.setSocketOptions(socket);
        }

        private boolean isAboveLimit(SocketChannel socket) {
            // If the total is below the limit, so is every address. The usual case then needs no counting.
            if (max == 0 || connections.size() < max) {
                return false;
            }
            byte[] client = prefix(socket);
            long open = connections.values().stream()
                    .map(SocketWrapperBase::getSocket)
                    .map(NioChannel::getIOChannel)
                    // Absent for a connection that is being closed.
                    .filter(Objects::nonNull)
                    .filter(other -> Arrays.equals(prefix(other), client))
                    .count();
            if (open < max) {
                return false;
            }
            long now = System.nanoTime() / 1_000_000;
            long last = lastLog.get();
            if (now - last >= LOG_EVERY_MILLIS && lastLog.compareAndSet(last, now)) {
                LOG.warn(
                        "Rejected a connection from {}: the address has {} open connections"
                                + " (odometer.http.max-connections-per-address)",
                        socket.socket().getInetAddress(),
                        open);
            }
            return true;
        }

        /** The bytes by which clients are counted; none for a connection that is closed already. */
        private static byte[] prefix(SocketChannel socket) {
            try {
                InetAddress address =
                        socket.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
                if (address == null) {
                    return new byte[0];
                }
                byte[] bytes = address.getAddress();
                return address instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes;
            } catch (IOException closed) {
                return new byte[0];
            }
        }
    }
}
