package dev.odometer.api.functions.info;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * The texts of the OpenAPI document: what the Javadoc says about functions, records and components of records. They are in
 * a resource, because the Javadoc is not in the byte code. A test compares the resource with the sources.
 */
final class Descriptions {

    private final Properties texts;

    private Descriptions(Properties texts) {
        this.texts = texts;
    }

    static Descriptions read() {
        var texts = new Properties();
        try (Reader resource = new InputStreamReader(
                Objects.requireNonNull(Descriptions.class.getResourceAsStream("descriptions.properties")),
                StandardCharsets.UTF_8)) {
            texts.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Descriptions(texts);
    }

    Optional<String> ofFunction(String name) {
        return Optional.ofNullable(texts.getProperty(name));
    }

    Optional<String> ofRecord(Class<?> record) {
        return Optional.ofNullable(texts.getProperty(key(record)));
    }

    Optional<String> ofComponent(Class<?> record, String component) {
        return Optional.ofNullable(texts.getProperty(key(record) + "." + component));
    }

    private static String key(Class<?> record) {
        return record.getName().replace("dev.odometer.", "").replace('$', '.');
    }
}
