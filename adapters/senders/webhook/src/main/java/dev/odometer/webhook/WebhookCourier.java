package dev.odometer.webhook;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.notification.Target.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends signed notifications to HTTP endpoints by POST. */
final class WebhookCourier implements Courier {

    /**
     * More than the callers that wait at a time: a DNS lookup cannot be interrupted, so a thread can outlive its
     * caller's timeout.
     */
    private static final int MAX_THREADS = 256;

    private static final int GONE = 410;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
    /**
     * The addresses that a host name was resolved to, in messages of the client: {@code [host/10.0.0.1, host/10.0.0.2]}.
     * Clients may read attempts, but must not learn the addresses of the network.
     */
    private static final Pattern RESOLVED = Pattern.compile(" ?\\[[^\\[\\]]*/[^\\[\\]]*\\]");
    /** The headers that a channel's own headers cannot override. */
    private static final Pattern RESERVED =
            Pattern.compile("content-.*|webhook-.*|svix-.*|proxy-.*|transfer-encoding|host"
                    + "|connection|keep-alive|te|trailer|upgrade|expect|user-agent|accept-encoding");

    private final Supplier<Client> client;
    private final Clock clock;
    private final Duration timeBudget;
    private @Nullable Client created;
    private @Nullable ExecutorService threads;

    WebhookCourier(Supplier<Client> client, Clock clock) {
        this(client, clock, Duration.ofSeconds(15));
    }

    WebhookCourier(Supplier<Client> client, Clock clock, Duration timeBudget) {
        this.client = client;
        this.clock = clock;
        this.timeBudget = timeBudget;
    }

    @Override
    public boolean supports(Target target) {
        return target instanceof Webhook;
    }

    @Override
    public Outcome deliver(OutboundMessage outbound) {
        var webhook = (Webhook) outbound.channel().target();
        var delivery = new Delivery(outbound, System.nanoTime());
        Endpoint endpoint;
        Map<String, String> headers;
        try {
            endpoint = Endpoint.of(webhook.url());
            headers = headers(outbound, webhook, endpoint);
        } catch (Refusal invalid) {
            return Outcome.retry(delivery.withoutAnswer(invalid.detail(), ""));
        }
        return delivery.outcome(endpoint.shown(), client().prepare(endpoint, headers, outbound.json()));
    }

    private static Map<String, String> headers(OutboundMessage outbound, Webhook webhook, Endpoint endpoint) {
        var headers = new LinkedHashMap<String, String>();
        endpoint.authorization().ifPresent(user -> headers.put("Authorization", user));
        webhook.headers().forEach((name, value) -> {
            if (!TOKEN.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw Refusal.invalid("the channel has an invalid header: " + Refusal.quote(name));
            }
            if (!RESERVED.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                headers.put(name, value);
            }
        });
        String id = outbound.notification().id();
        String signature = Signature.of(id, outbound.at(), outbound.json(), webhook);
        // Both names of the headers, because some verification libraries support only one of them.
        for (String set : Set.of("webhook-", "svix-")) {
            headers.put(set + "id", id);
            headers.put(set + "timestamp", String.valueOf(outbound.at().getEpochSecond()));
            headers.put(set + "signature", signature);
        }
        return headers;
    }

    private synchronized Client client() {
        if (created == null) {
            created = client.get();
        }
        return created;
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), WebhookCourier::thread);
        }
        return threads;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    }

    /** A delivery in progress, which measures its time. */
    private final class Delivery {

        private final OutboundMessage outbound;
        private final long start;

        Delivery(OutboundMessage outbound, long start) {
            this.outbound = outbound;
            this.start = start;
        }

        /**
         * Runs the exchange on another thread with a limit of the total time. The client's timeouts each apply to one
         * step.
         */
        Outcome outcome(String url, Exchange exchange) {
            Future<Exchange.Answer> answer = threads().submit(exchange);
            try {
                return answered(answer.get(timeBudget.toNanos(), TimeUnit.NANOSECONDS), url);
            } catch (TimeoutException slow) {
                exchange.cancel();
                Exchange.Answer head = exchange.soFar();
                return head == null
                        ? Outcome.retry(withoutAnswer("no answer within " + timeBudget.toSeconds() + " s", url))
                        : answered(head, url);
            } catch (ExecutionException failed) {
                Exchange.Answer head = exchange.soFar();
                return head == null
                        ? Outcome.retry(withoutAnswer(reason(failed.getCause()), url))
                        : answered(head, url);
            } catch (InterruptedException stopping) {
                exchange.cancel();
                Thread.currentThread().interrupt();
                return Outcome.retry(withoutAnswer("interrupted by the shutdown of the process", url));
            }
        }

        private Outcome answered(Exchange.Answer answer, String url) {
            boolean succeeded = answer.status() / 100 == 2;
            var attempt = new Attempt(succeeded, outbound.at(), answer.status(), answer.body(), took(), url);
            return new Outcome(
                    attempt,
                    answer.status() == GONE ? FollowUp.DISABLE_CHANNEL : FollowUp.RETRY,
                    RetryAfter.of(answer.retryAfter(), clock.instant()));
        }

        Attempt withoutAnswer(String reason, String url) {
            return new Attempt(false, outbound.at(), null, reason, took(), url);
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof CheckedAddresses.Forbidden forbidden) {
            return String.valueOf(forbidden.getMessage());
        }
        return failure == null
                ? "no answer"
                : "no answer: " + failure.getClass().getSimpleName() + ": "
                        + RESOLVED.matcher(String.valueOf(failure.getMessage())).replaceAll("");
    }
}
