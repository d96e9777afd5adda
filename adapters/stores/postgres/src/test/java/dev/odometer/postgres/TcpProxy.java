package dev.odometer.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A proxy on loopback whose connections can go silent: they stay open, but nothing is forwarded any more, as after a
 * failover whose packets a firewall drops.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final CountDownLatch dropped = new CountDownLatch(1);
    private volatile boolean isSilent;

    public TcpProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Silences all connections, also those that are opened from now on. */
    public void silence() {
        isSilent = true;
        links.forEach(link -> link.isSilent = true);
    }

    /** Forwards new connections again. The silent ones stay silent. */
    public void recover() {
        isSilent = false;
    }

    /** Waits until a client has sent something that was not forwarded. */
    public void awaitDropped() throws InterruptedException {
        if (!dropped.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nothing was dropped");
        }
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(server.accept(), new Socket(InetAddress.getLoopbackAddress(), target), isSilent);
                links.add(link);
                start(() -> link.forward(link.client, link.server, dropped::countDown));
                start(() -> link.forward(link.server, link.client, () -> {}));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean isSilent;

        Link(Socket client, Socket server, boolean isSilent) {
            this.client = client;
            this.server = server;
            this.isSilent = isSilent;
        }

        void forward(Socket from, Socket to, Runnable dropped) {
            byte[] bytes = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (isSilent) {
                        dropped.run();
                    } else {
                        out.write(bytes, 0, n);
                    }
                }
            } catch (IOException closed) {
                // Ends below.
            }
            if (!isSilent) {
                close();
            }
        }

        void close() {
            isSilent = true;
            try {
                client.close();
                server.close();
            } catch (IOException broken) {
                // Nothing is left to close.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.forEach(Link::close);
    }
}
