package dev.odometer.door.http;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.setting.Settings;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of API keys ({@code odometer.rate-limit.key}, off), of the tokens of open routes ({@code
 * odometer.rate-limit.portal}, 10 requests per second), and of the addresses of clients ({@code
 * odometer.rate-limit.address}, off). The limit of addresses applies before a key is looked up, so that it includes
 * attempts to guess one.
 */
public final class RateLimits {

    private static final int PORTAL_RATE = 10;
    private static final int SPREAD = 0x9E3779B9;
    private static final long LONG_SPREAD = 0x9E3779B97F4A7C15L;
    private static final int MAX_PROXIES = 100;
    private static final int UNKNOWN_ADDRESS = 0;

    private final RateLimit keys;
    private final RateLimit tokens;
    private final RateLimit addresses;
    private final int trustedProxies;
    /** Keys have slots of their own, so that no key uses up the limit of another. */
    private final Map<String, Integer> slots = new ConcurrentHashMap<>();

    private final AtomicInteger assigned = new AtomicInteger();
    /** Differs between processes, so that a caller cannot choose a token that shares the slot of another. */
    private final int salt = System.identityHashCode(slots);
    /** The same for addresses. Random bits are read only if they are needed, because that takes start-up time. */
    private final long addressSalt;

    private RateLimits(Settings settings, LongSupplier nanos) {
        this.keys = limit(settings, "odometer.rate-limit.key", 0, nanos);
        this.tokens = limit(settings, "odometer.rate-limit.portal", PORTAL_RATE, nanos);
        this.addresses = limit(settings, "odometer.rate-limit.address", 0, nanos);
        this.trustedProxies = settings.number("odometer.http.trusted-proxies", 0, 0, MAX_PROXIES);
        this.addressSalt = addresses.rate() == 0 ? 0 : new SecureRandom().nextLong();
    }

    private static RateLimit limit(Settings settings, String name, int fallback, LongSupplier nanos) {
        return new RateLimit(settings.number(name, fallback, 0, RateLimit.MAX_RATE), nanos);
    }

    static RateLimits from(Settings settings) {
        return new RateLimits(settings, System::nanoTime);
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

    /**
     * Refuses a request of an address that is beyond the limit, without counting it.
     *
     * @throws Rejection 429
     */
    void checkAddress(HttpRequest request) {
        if (addresses.rate() > 0) {
            Bucket bucket = bucket(request);
            if (!addresses.admits(bucket.slot)) {
                throw bucket.exceeded();
            }
        }
    }

    /**
     * Counts a request for its address.
     *
     * @throws Rejection 429 when it is beyond the limit
     */
    public void countAddress(HttpRequest request) {
        if (addresses.rate() > 0) {
            Bucket bucket = bucket(request);
            if (!addresses.take(bucket.slot)) {
                throw bucket.exceeded();
            }
        }
    }

    /** Requests from unknown addresses share one slot: a client must not evade the limit by hiding its address. */
    private Bucket bucket(HttpRequest request) {
        OptionalLong address = ClientAddress.of(request, trustedProxies);
        int slot = address.isPresent() ? slot(address.getAsLong()) : UNKNOWN_ADDRESS;
        return new Bucket(addresses, slot, "this address");
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

    private int slot(long address) {
        long mixed = (address ^ addressSalt) * LONG_SPREAD;
        mixed = (mixed ^ (mixed >>> 32)) * LONG_SPREAD;
        return (int) Math.floorMod(mixed >>> 32, (long) RateLimit.SLOTS);
    }

    private int slot(String token) {
        return Math.floorMod(((token.hashCode() ^ salt) * SPREAD) >>> 8, RateLimit.SLOTS);
    }
}
