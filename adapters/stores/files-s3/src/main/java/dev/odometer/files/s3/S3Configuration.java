package dev.odometer.files.s3;

import dev.odometer.files.http.HttpStore;
import dev.odometer.functions.file.FileStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the file store in S3. It is active when {@code odometer.files.store} is {@code s3}. Settings: {@code
 * odometer.files.s3.region}, {@code .endpoint} and {@code .path-style}. Credentials and region are resolved when the
 * first file is opened or written.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "s3")
public class S3Configuration {

    @Bean
    FileStore s3FileStore(Environment environment) {
        return new S3FileStore(S3Settings.from(environment), HttpStore.Limits.DEFAULT);
    }
}
