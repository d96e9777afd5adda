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

    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int UNAUTHORIZED = 401;

    private final RequestSigner authority;
    private final Limits limits;

    /**
     * How long and how often.
     *
     * @param connect until there is a connection
     * @param silence without a byte, also within a body
     * @param attempts of a call, at least 1
     * @param backoff between them, unless the store asks for a longer pause; of that, 5 s at most
     */
    public record Limits(Duration connect, Duration silence, int attempts, Backoff backoff) {

        private static final Duration MAX_ASKED = Duration.ofSeconds(5);

        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                5,
                Backoff.exponential(Duration.ofMillis(50), Duration.ofMillis(2500), 100));

        Duration pause(int failures, Duration asked) {
            Duration pause = backoff.pause(failures);
            Duration longest = asked.compareTo(MAX_ASKED) > 0 ? MAX_ASKED : asked;
            return longest.compareTo(pause) > 0 ? longest : pause;
        }
    }

    public HttpStore(RequestSigner authority, Limits limits) {
        this.authority = authority;
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Sends a call until it is answered, within limits: what broke off or was answered 408, 425, 429 or 5xx is sent again,
     * and once more what was not authorized. So a call must be harmless to repeat.
     *
     * @return an answer of any other status, also one in the 300s: no redirect is followed
     * @throws IOException when there is none, or the last one is not one to live with
     */
    public Reply send(Call call) throws IOException {
        boolean renewed = false;
        for (int failures = 1; ; failures++) {
            Duration asked = Duration.ZERO;
            try {
                Reply reply = once(call);
                if (reply.status() == UNAUTHORIZED && !renewed) {
                    renewed = true;
                    reply.close();
                    authority.renew();
                    continue;
                }
                if (!PASSING.contains(reply.status())) {
                    return reply;
                }
                asked = retryAfter(reply);
                reply.close();
                throw new IOException("status " + reply.status());
            } catch (IOException failure) {
                if (failures >= limits.attempts()) {
                    throw failure;
                }
            }
            sleep(limits.pause(failures, asked));
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
        Call proved = authority.prove(call);
        return exchange(proved, limits);
    }

    /** One request and its answer, without proof or repetition: how a token is asked for. */
    public static Reply exchange(Call call, Limits limits) throws IOException {
        var connection = (HttpURLConnection) call.uri().toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        connection.setReadTimeout(Math.toIntExact(limits.silence().toMillis()));
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
                throw new ProtocolException("the answer is not HTTP");
            }
            return new Reply(connection, status);
        } catch (IOException | RuntimeException failure) {
            connection.disconnect();
            throw failure;
        }
    }

    /**
     * Sends a call about a file that has to succeed.
     *
     * @param also statuses beside those in the 200s that are success
     * @throws Refusal for any other answer, or none
     */
    public Reply succeed(Call call, String key, Integer... also) {
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
            throw authority.isToBlame(reply.status(), reply.text())
                    ? unavailable(key, new IOException("status " + reply.status() + ", the store does not know us"))
                    : refusal(reply.status(), key);
        } catch (IOException failure) {
            throw unavailable(key, failure);
        }
    }

    /** What an answer that is no success means to whoever asked for the file. */
    public static Refusal refusal(int status, String key) {
        String name = Refusal.quote(key);
        return switch (status) {
            case 404 -> Refusal.notFound("there is no such file: " + name);
            case 304, 412 -> Refusal.notFound("the file has another version by now: " + name);
            case 403 -> Refusal.invalid("the file may not be read or written: " + name);
            // A proof that is not taken, a conflict and a redirect are no fault of the file.
            case 301, 302, 307, 308, UNAUTHORIZED, 409 -> unavailable(key, new IOException("status " + status));
            default ->
                status / 100 == 4
                        ? Refusal.invalid("the store refuses " + name + " with status " + status)
                        : unavailable(key, new IOException("status " + status));
        };
    }

    public static Refusal unavailable(String key, IOException failure) {
        return Refusal.unavailable("the store does not answer for " + Refusal.quote(key), failure);
    }
}
