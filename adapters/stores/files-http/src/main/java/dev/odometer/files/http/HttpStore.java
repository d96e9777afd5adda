package dev.odometer.files.http;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.retry.Backoff;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Set;

/** A store at the other end of HTTP. Thread-safe, and nothing is opened before the first call. */
public final class HttpStore {

    private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final RequestSigner signer;
    private final Limits limits;

    /**
     * Timeouts and retries.
     *
     * @param connectTimeout the connect timeout
     * @param readTimeout the read timeout, which also applies between the bytes of a body
     * @param attempts the maximum attempts of a call, at least 1
     * @param backoff the pauses between attempts; a Retry-After of the store, at most 5 s of it, comes on top
     */
    public record Limits(Duration connectTimeout, Duration readTimeout, int attempts, Backoff backoff) {

        private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(5);

        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                5,
                Backoff.exponential(Duration.ofMillis(50), Duration.ofMillis(2500), 100));

        Duration pause(int failures, Duration retryAfter) {
            Duration limited = retryAfter.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : retryAfter;
            // The backoff comes on top: without its jitter, all clients would retry at the same moment.
            return limited.plus(backoff.pause(failures));
        }
    }

    public HttpStore(RequestSigner signer, Limits limits) {
        this.signer = signer;
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Sends a call with retries. After a broken connection or the status 408, 425, 429 or 5xx, it is retried up to the
     * limit of attempts; after 401, it is retried once with renewed credentials. The call must therefore be idempotent.
     *
     * @return a response with any other status, including 3xx, because redirects are not followed
     * @throws IOException when the last attempt got no response or a status that is retried
     */
    public Reply send(Call call) throws IOException {
        boolean renewed = false;
        for (int failures = 1; ; failures++) {
            Duration retryAfter = Duration.ZERO;
            try {
                Reply reply = once(call);
                if (reply.status() == UNAUTHORIZED && !renewed) {
                    renewed = true;
                    reply.close();
                    signer.invalidate();
                    continue;
                }
                if (!TRANSIENT.contains(reply.status())) {
                    return reply;
                }
                retryAfter = retryAfter(reply);
                reply.close();
                throw new IOException("status " + reply.status());
            } catch (IOException failure) {
                if (failures >= limits.attempts()) {
                    throw failure;
                }
            }
            sleep(limits.pause(failures, retryAfter));
        }
    }

    private static Duration retryAfter(Reply reply) {
        return reply.header("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the store", stopping);
        }
    }

    private Reply once(Call call) throws IOException {
        return exchange(signer.sign(call), limits);
    }

    /** Sends one request without credentials and retries, such as a request for a token. */
    public static Reply exchange(Call call, Limits limits) throws IOException {
        var connection = (HttpURLConnection) call.uri().toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(limits.connectTimeout().toMillis()));
        connection.setReadTimeout(Math.toIntExact(limits.readTimeout().toMillis()));
        connection.setRequestMethod(call.method());
        call.headers().forEach(connection::setRequestProperty);
        try {
            if (call.method().equals("PUT") || call.method().equals("POST")) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(call.length());
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(call.body(), 0, call.length());
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new ProtocolException("the response is not HTTP");
            }
            return new Reply(connection, status);
        } catch (IOException | RuntimeException failure) {
            connection.disconnect();
            throw failure;
        }
    }

    /**
     * Sends a call for a file and requires its success.
     *
     * @param also further statuses beside 2xx that count as success
     * @throws Refusal for any other status, or without a response
     */
    public Reply sendRequired(Call call, String key, Integer... also) {
        Reply reply;
        try {
            reply = send(call);
        } catch (IOException failure) {
            throw unavailable(key, failure);
        }
        if (reply.isSuccess() || Set.of(also).contains(reply.status())) {
            return reply;
        }
        try (reply) {
            throw signer.isCredentialError(reply.status(), reply.text())
                    ? unavailable(key, new IOException("status " + reply.status() + ", invalid credentials"))
                    : refusal(reply.status(), key);
        } catch (IOException failure) {
            throw unavailable(key, failure);
        }
    }

    /**
     * Sends a call that deletes a file. A file that does not exist counts as deleted.
     *
     * @throws Refusal like {@link #sendRequired}
     */
    public void delete(Call call, String key) {
        try (Reply reply = sendRequired(call, key, NOT_FOUND)) {
            reply.text();
        } catch (IOException failure) {
            throw unavailable(key, failure);
        }
    }

    /** The refusal of a call for a file that got an unsuccessful status. */
    public static Refusal refusal(int status, String key) {
        String name = Refusal.quote(key);
        return switch (status) {
            case 404 -> Refusal.notFound("there is no such file: " + name);
            case 304, 412 -> Refusal.notFound("the file has another version now: " + name);
            case 403 -> Refusal.invalid("access to the file is denied: " + name);
            // Redirects, rejected credentials and conflicts are not caused by the file's name, so a retry may succeed.
            case 301, 302, 307, 308, UNAUTHORIZED, 409 -> unavailable(key, new IOException("status " + status));
            default ->
                status / 100 == 4
                        ? Refusal.invalid("the file store returned status " + status + " for " + name)
                        : unavailable(key, new IOException("status " + status));
        };
    }

    public static Refusal unavailable(String key, IOException failure) {
        return Refusal.unavailable("the file store is unavailable for " + Refusal.quote(key), failure);
    }
}
