package dev.odometer.files.google;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.HttpStore;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import java.net.URI;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the file store in Google Cloud Storage. It is active when {@code odometer.files.store} is {@code google}.
 * {@code odometer.files.google.endpoint} and {@code .metadata} override Google's servers. It connects when the first
 * file is opened or written.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "google")
public class GoogleFilesConfiguration {

    private static final String PREFIX = "odometer.files.google.";

    @Bean
    FileStore googleFileStore(Environment environment) {
        URI endpoint = server(environment, "endpoint", "https://storage.googleapis.com");
        URI metadata = server(environment, "metadata", "http://metadata.google.internal");
        var limits = HttpStore.Limits.DEFAULT;
        var token = new BearerToken(new MetadataToken(metadata, limits), InstantSource.system());
        return new GoogleFileStore(new HttpStore(token, limits), endpoint);
    }

    private static URI server(Environment environment, String name, String fallback) {
        String uri = environment.getProperty(PREFIX + name, fallback).strip();
        if (!uri.matches("https?://[^/?#@]+/?")) {
            throw new StartRefusal(PREFIX + name + " must be like https://host:port, but is: " + uri);
        }
        return URI.create(uri.replaceFirst("/$", ""));
    }
}
