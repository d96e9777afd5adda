package dev.odometer.aws.lambda.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message with what is in it, which may be nothing.
 *
 * @param name what the source is told to deliver it again by
 */
record Delivery(JsonNode name, @Nullable String group, List<MessagePart> parts) {

    Delivery {
        parts = List.copyOf(parts);
    }
}
