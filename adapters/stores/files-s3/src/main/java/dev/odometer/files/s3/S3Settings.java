package dev.odometer.files.s3;

import dev.odometer.functions.refusal.StartRefusal;
import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * Where S3 is.
 *
 * @param region empty for the one that AWS's own settings and the machine say
 * @param endpoint of another store that speaks the protocol; absent for AWS's
 * @param pathStyle whether the bucket stands in the path, not in the host's name
 */
record S3Settings(String region, Optional<URI> endpoint, boolean pathStyle) {

    private static final String PREFIX = "odometer.files.s3.";

    static S3Settings from(Environment environment) {
        String endpoint = environment.getProperty(PREFIX + "endpoint", "").strip();
        return new S3Settings(
                environment.getProperty(PREFIX + "region", "").strip(),
                endpoint.isEmpty() ? Optional.empty() : Optional.of(checked(endpoint)),
                environment.getProperty(PREFIX + "path-style", Boolean.class, !endpoint.isEmpty()));
    }

    private static URI checked(String endpoint) {
        if (!endpoint.matches("https?://[^/?#@]+/?")) {
            throw new StartRefusal(PREFIX + "endpoint must be like https://host:port, but is: " + endpoint);
        }
        return URI.create(endpoint.replaceFirst("/$", ""));
    }
}
