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

/** A mail server in this process that can refuse commands and can support STARTTLS. */
final class MailServer implements AutoCloseable {

    private static final Map<String, String> REPLIES =
            Map.of("DATA", "354 go on", "QUIT", "221 bye", "STAR", "220 change", "AUTH", "235 you are in");

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final @Nullable SSLContext tls;
    /** The lines received before and after STARTTLS. */
    final List<String> plaintext = new CopyOnWriteArrayList<>();

    final List<String> encrypted = new CopyOnWriteArrayList<>();
    private volatile @Nullable String refused;
    private volatile String refusal = "";

    /** @param tls the context for STARTTLS; null to not support it */
    MailServer(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        var thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Replies this from now on to a line that contains the text. */
    void refuse(String text, String reply) {
        refusal = reply;
        refused = text;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                handle(socket);
            } catch (IOException over) {
                // The client has disconnected, or the test has ended.
            }
        }
    }

    private void handle(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader in = reader(socket);
        writeLine(socket, "220 ready");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            (socket == first ? plaintext : encrypted).add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            boolean no = refused != null && line.contains(refused);
            data = line.startsWith("DATA") && !no;
            writeLine(socket, no ? refusal : reply(line, socket == first));
            if (line.equals("STARTTLS") && tls != null) {
                SSLSocket changed = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port(), true);
                changed.setUseClientMode(false);
                socket = changed;
                in = reader(socket);
            }
        }
    }

    private String reply(String line, boolean isPlaintext) {
        String begin = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        if (begin.equals("EHLO")) {
            return "250-hello\r\n250-AUTH PLAIN\r\n250 " + (tls != null && isPlaintext ? "STARTTLS" : "8BITMIME");
        }
        return REPLIES.getOrDefault(begin, "250 ok");
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    private static void writeLine(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
