package dev.odometer.door.http;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.setting.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of API keys ({@code odometer.rate-limit.key}, off) and of the tokens of open routes ({@code
 * odometer.rate-limit.portal}, 10 requests per second). Requests without either are not limited.
 */
final class RateLimits {

    private static final int PORTAL_RATE = 10;
    private static final int SPREAD = 0x9E3779B9;

    private final RateLimit keys;
    private final RateLimit tokens;
    /** Keys have slots of their own, so that no key uses up the limit of another. */
    private final Map<String, Integer> slots = new ConcurrentHashMap<>();

    private final AtomicInteger assigned = new AtomicInteger();
    /** Differs between processes, so that a caller cannot choose a token that shares the slot of another. */
    private final int salt = System.identityHashCode(slots);

    RateLimits(int keyRate, int portalRate, LongSupplier nanos) {
        this.keys = new RateLimit(keyRate, nanos);
        this.tokens = new RateLimit(portalRate, nanos);
    }

    static RateLimits from(Settings settings) {
        return new RateLimits(
                settings.number("odometer.rate-limit.key", 0, 0, RateLimit.MAX_RATE),
                settings.number("odometer.rate-limit.portal", PORTAL_RATE, 0, RateLimit.MAX_RATE),
                System::nanoTime);
    }

    /** A slot of a limit. */
    private record Bucket(RateLimit limit, int slot, String owner) {

        Rejection exceeded() {
            return Rejection.of(
                            429, "rate limit exceeded: at most " + limit.rate() + " requests per second for " + owner)
                    .with("Retry-After", String.valueOf(limit.waitSeconds(slot)));
        }
    }

    /**
     * Refuses a request beyond the limit, without counting it.
     *
     * @throws Rejection 429
     */
    void check(ApiKey key, boolean open, Optional<String> authorization) {
        Bucket bucket = bucket(key, open, authorization);
        if (bucket != null && !bucket.limit.admits(bucket.slot)) {
            throw bucket.exceeded();
        }
    }

    /**
     * Counts a request.
     *
     * @throws Rejection 429 when it is beyond the limit
     */
    void count(ApiKey key, boolean open, Optional<String> authorization) {
        Bucket bucket = bucket(key, open, authorization);
        if (bucket != null && !bucket.limit.take(bucket.slot)) {
            throw bucket.exceeded();
        }
    }

    private @Nullable Bucket bucket(ApiKey key, boolean open, Optional<String> authorization) {
        if (open) {
            return ApiKeys.token(authorization)
                    .map(token -> new Bucket(tokens, slot(token), "this token"))
                    .orElse(null);
        }
        return key.name().isEmpty() ? null : new Bucket(keys, slot(key), key.toString());
    }

    private int slot(ApiKey key) {
        return slots.computeIfAbsent(key.name(), name -> assigned.getAndIncrement() % RateLimit.SLOTS);
    }

    private int slot(String token) {
        return Math.floorMod(((token.hashCode() ^ salt) * SPREAD) >>> 8, RateLimit.SLOTS);
    }
}
