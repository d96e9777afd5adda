package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.resource.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key, name, description and metadata of a plan, a phase or a rate card.
 *
 * @param key a slug
 * @param name 1 to 256 characters
 * @param description at most 1,024 characters
 */
public record Label(String key, String name, @Nullable String description, Map<String, String> metadata) {

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;

    /** @throws Refusal when a field is invalid */
    public Label {
        Slug.parse("key", key);
        Text.checked("name", name, MAX_NAME_LENGTH);
        if (description != null) {
            Text.bounded("description", description, MAX_DESCRIPTION_LENGTH);
        }
        metadata = Metadata.checked(metadata);
    }
}
