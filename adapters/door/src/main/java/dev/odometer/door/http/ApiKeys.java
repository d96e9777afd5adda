package dev.odometer.door.http;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The API keys that grant access, as SHA-256 digests. The keys themselves are never stored. Without any, every request
 * is admitted. Thread-safe.
 */
public final class ApiKeys {

    private static final String SETTING = "odometer.api-keys";
    private static final String SCHEME = "Bearer ";

    private final List<ApiKey> fixed;
    private final @Nullable ApiKeyFile file;
    private final AuthenticationFailures failures;

    private ApiKeys(List<ApiKey> fixed, @Nullable ApiKeyFile file, LongSupplier nanos) {
        this.fixed = fixed;
        this.file = file;
        this.failures = new AuthenticationFailures(nanos);
    }

    /**
     * The keys of the settings {@code odometer.api-keys} and {@code odometer.api-keys-file}, see {@link ApiKey}.
     *
     * @throws StartRefusal when an entry is malformed or the file cannot be read
     */
    public static ApiKeys from(Environment environment) {
        return of(
                environment.getProperty(SETTING, ""),
                environment.getProperty("odometer.api-keys-file", ""),
                System::nanoTime);
    }

    static ApiKeys of(String entries, String file, LongSupplier nanos) {
        try {
            return new ApiKeys(
                    ApiKey.parse(SETTING, entries),
                    file.isBlank() ? null : new ApiKeyFile(Path.of(file.strip()), nanos),
                    nanos);
        } catch (InvalidPathException invalid) {
            throw new StartRefusal("odometer.api-keys-file must be a path: " + invalid.getMessage());
        }
    }

    public boolean areConfigured() {
        return file != null || !fixed.isEmpty();
    }

    /**
     * The key in the value of an Authorization header; {@link ApiKey#NONE} if no keys are configured. Compares in
     * constant time.
     */
    public Optional<ApiKey> find(Optional<String> authorization) {
        if (!areConfigured()) {
            return Optional.of(ApiKey.NONE);
        }
        String key = token(authorization).orElse("");
        byte[] offered =
                new Sha256().add(key.getBytes(StandardCharsets.ISO_8859_1)).bytes();
        ApiKey found = null;
        for (ApiKey known : all().toList()) {
            if (known.hasDigest(offered)) {
                found = known;
            }
        }
        return Optional.ofNullable(found);
    }

    private Stream<ApiKey> all() {
        return file == null ? fixed.stream() : Stream.concat(fixed.stream(), file.keys().stream());
    }

    /** The bearer token of an Authorization header. */
    static Optional<String> token(Optional<String> authorization) {
        return authorization
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** Logs a request without a valid key. The number of log lines is bounded. */
    public void refused(String method, String path) {
        failures.add(method, path);
    }
}
