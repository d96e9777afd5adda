package dev.odometer.files.s3;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * The settings of the S3 file store.
 *
 * @param region empty for the default region provider chain of the AWS SDK
 * @param endpoint the endpoint of another S3-compatible store; empty for AWS
 * @param pathStyle whether the bucket is part of the path instead of the host name
 */
record S3Settings(String region, Optional<URI> endpoint, boolean pathStyle) {

    private static final String PREFIX = "odometer.files.s3.";

    static S3Settings from(Environment environment) {
        String endpoint = environment.getProperty(PREFIX + "endpoint", "").strip();
        return new S3Settings(
                environment.getProperty(PREFIX + "region", "").strip(),
                endpoint.isEmpty() ? Optional.empty() : Optional.of(checked(endpoint)),
                new Settings(environment::getProperty).flag(PREFIX + "path-style", !endpoint.isEmpty()));
    }

    private static URI checked(String endpoint) {
        if (!endpoint.matches("https?://[^/?#@]+/?")) {
            throw new StartRefusal(PREFIX + "endpoint must be like https://host:port, but is: " + endpoint);
        }
        return URI.create(endpoint.replaceFirst("/$", ""));
    }
}
