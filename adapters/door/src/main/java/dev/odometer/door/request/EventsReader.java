package dev.odometer.door.request;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.functions.route.MediaTypes;
import java.util.List;

/**
 * Reads CloudEvents in every mode, see the HTTP protocol binding 1.0.2. The content type determines the mode; with
 * plain JSON, {@code ce-*} headers mean binary mode, in which the body is the event's data.
 */
record EventsReader(CloudEvents events, List<String> accepted) implements InputReader {

    @Override
    public List<?> read(MatchedRequest request) {
        boolean binary = !request.attributes().isEmpty();
        if (binary
                && request.body().length == 0
                && request.header().apply("Content-Type").isEmpty()) {
            return events.binary(EventHeaders.of(request), null, request.body());
        }
        MediaType type = request.contentType(accepted);
        return switch (type.essence()) {
            case MediaTypes.CLOUD_EVENT -> events.structured(request.body());
            case MediaTypes.CLOUD_EVENTS -> events.batch(request.body());
            default -> binary ? binary(request, type) : plain(request);
        };
    }

    private List<?> binary(MatchedRequest request, MediaType type) {
        if (!type.isJson()) {
            throw MatchedRequest.unsupported(type.essence(), accepted);
        }
        return events.binary(EventHeaders.of(request), type.essence(), request.body());
    }

    private List<?> plain(MatchedRequest request) {
        request.checkContentType(accepted);
        return events.plain(request.body());
    }
}
