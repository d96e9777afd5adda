package dev.odometer.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server on this machine that can say no, and can change to TLS when it is asked to. */
final class MailServer implements AutoCloseable {

    private static final Map<String, String> YES =
            Map.of("DATA", "354 go on", "QUIT", "221 bye", "STAR", "220 change", "AUTH", "235 you are in");

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final @Nullable SSLContext tls;
    /** What came in the clear, and what did not. */
    final List<String> open = new CopyOnWriteArrayList<>();

    final List<String> hidden = new CopyOnWriteArrayList<>();
    private volatile @Nullable String refused;
    private volatile String refusal = "";

    /** @param tls to change to when a client wants it; without, that is not offered */
    MailServer(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        var thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on: to a line with the text in it. */
    void refuses(String text, String reply) {
        refusal = reply;
        refused = text;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException over) {
                // The client is gone, or the test is over.
            }
        }
    }

    private void talk(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader in = reader(socket);
        say(socket, "220 ready");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            (socket == first ? open : hidden).add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            boolean no = refused != null && line.contains(refused);
            data = line.startsWith("DATA") && !no;
            say(socket, no ? refusal : reply(line, socket == first));
            if (line.equals("STARTTLS") && tls != null) {
                SSLSocket changed = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port(), true);
                changed.setUseClientMode(false);
                socket = changed;
                in = reader(socket);
            }
        }
    }

    private String reply(String line, boolean isOpen) {
        String begin = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        if (begin.equals("EHLO")) {
            return "250-hello\r\n250-AUTH PLAIN\r\n250 " + (tls != null && isOpen ? "STARTTLS" : "8BITMIME");
        }
        return YES.getOrDefault(begin, "250 ok");
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
