package dev.odometer.stripe;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.stripe.Transport.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests of one attempt. If there is no response, or the response means that the request had no effect, it is
 * repeated twice with the same idempotency key; after that the attempt ends with a {@link StripeFailure}.
 */
final class StripeCalls {

    /** The largest page that Stripe returns. */
    static final int PAGE = 100;

    private static final int MAX_TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int MAX_MESSAGE = 300;

    private final Transport transport;
    private final BooleanSupplier hasTime;
    private final Duration pause;

    StripeCalls(Transport transport, BooleanSupplier hasTime) {
        this(transport, hasTime, PAUSE);
    }

    /** @param pause before the first repetition; the second one waits twice as long */
    StripeCalls(Transport transport, BooleanSupplier hasTime, Duration pause) {
        this.transport = transport;
        this.hasTime = hasTime;
        this.pause = pause;
    }

    /** @throws StripeFailure when there is no successful response */
    JsonNode call(StripeRequest request) {
        return json(successful(request, answered(request)), request);
    }

    /** The resource, or empty if Stripe has none. */
    Optional<JsonNode> find(StripeRequest request) {
        Response response = answered(request);
        if (response.status() == Status.NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode found = json(successful(request, response), request);
        return found.path("deleted").asBoolean(false) ? Optional.empty() : Optional.of(found);
    }

    /** All pages of a list. */
    List<JsonNode> list(String path, Form query) {
        var all = new ArrayList<JsonNode>();
        query.with("limit", PAGE);
        boolean hasMore = true;
        while (hasMore) {
            JsonNode page = call(StripeRequest.get(path, query));
            page.path("data").forEach(all::add);
            hasMore =
                    page.path("has_more").asBoolean(false) && !page.path("data").isEmpty();
            if (hasMore) {
                query.with("starting_after", text(all.get(all.size() - 1), "id"));
            }
        }
        return all;
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private Response answered(StripeRequest request) {
        for (int tries = 1; ; tries++) {
            if (!hasTime.getAsBoolean()) {
                throw new StripeFailure(Result.CONTINUE, null);
            }
            try {
                Response response = transport.send(request);
                if (tries == MAX_TRIES || !isRepeatable(response)) {
                    return response;
                }
            } catch (IOException failed) {
                if (tries == MAX_TRIES) {
                    throw new StripeFailure(
                            Result.RETRY,
                            "no response from Stripe to " + request + ": "
                                    + failed.getClass().getSimpleName());
                }
            }
            sleep(pause.multipliedBy(tries));
        }
    }

    private static boolean isRepeatable(Response response) {
        boolean isBusy = response.status() == Status.CONFLICT || response.status() == Status.TOO_MANY_REQUESTS;
        return "true".equals(response.shouldRetry())
                || (isBusy && !"false".equals(response.shouldRetry()) && response.retryAfter() == null);
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StripeFailure(Result.CONTINUE, null);
        }
    }

    private static Response successful(StripeRequest request, Response response) {
        if (response.status() / Status.CLASS == 2) {
            return response;
        }
        throw failure(request, response);
    }

    private static StripeFailure failure(StripeRequest request, Response response) {
        int status = response.status();
        String reason = request + ": status " + status;
        if (status == Status.UNAUTHORIZED) {
            // Without Stripe's message, which repeats a part of the key.
            return new StripeFailure(Result.WAIT, "Stripe does not accept the key in odometer.stripe.api-key");
        }
        if (status == Status.CONFLICT || status == Status.TOO_MANY_REQUESTS) {
            return new StripeFailure(Result.RETRY, "Stripe is busy, " + reason, false, retryAfter(response));
        }
        if (status / Status.CLASS == 4) {
            return refused(request, response);
        }
        // Stripe saves the result of a key when it has begun to execute the request, that of a failure too.
        boolean isSaved = !"true".equals(response.shouldRetry());
        return new StripeFailure(Result.RETRY, "Stripe failed, " + reason, isSaved, retryAfter(response));
    }

    private static StripeFailure refused(StripeRequest request, Response response) {
        JsonNode error = parsed(response.body()).map(body -> body.path("error")).orElse(null);
        String message = error == null ? "status " + response.status() : text(error, "message");
        boolean isUnknownCustomer = error != null
                && text(error, "code").equals("resource_missing")
                && text(error, "param").equals("customer");
        Result result = isUnknownCustomer || response.status() == Status.FORBIDDEN ? Result.WAIT : Result.GIVE_UP;
        return new StripeFailure(result, "Stripe refused " + request + ": " + clean(message), true, null);
    }

    private static String clean(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) : line;
    }

    private static @Nullable Duration retryAfter(Response response) {
        String seconds = response.retryAfter();
        return seconds != null && SECONDS.matcher(seconds.strip()).matches()
                ? Duration.ofSeconds(Long.parseLong(seconds.strip()))
                : null;
    }

    private static JsonNode json(Response response, StripeRequest request) {
        return parsed(response.body())
                .orElseThrow(() -> new StripeFailure(
                        Result.RETRY, "response to " + request + " is not JSON: " + Refusal.quote(response.body())));
    }

    private static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException invalid) {
            return Optional.empty();
        }
    }

    /** The statuses that Stripe documents. */
    private static final class Status {
        static final int CLASS = 100;
        static final int UNAUTHORIZED = 401;
        static final int FORBIDDEN = 403;
        static final int NOT_FOUND = 404;
        static final int CONFLICT = 409;
        static final int TOO_MANY_REQUESTS = 429;

        private Status() {}
    }
}
