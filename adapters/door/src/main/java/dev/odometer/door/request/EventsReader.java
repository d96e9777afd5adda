package dev.odometer.door.request;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.functions.route.MediaTypes;
import java.util.List;

/**
 * Reads CloudEvents in every mode, see the HTTP protocol binding 1.0.2. The content type determines the mode; with
 * plain JSON or without a type, {@code ce-*} headers mean binary mode, in which the body is the event's data. NDJSON is
 * a batch with an event in structured mode on each line.
 */
record EventsReader(CloudEvents events, List<String> accepted) implements InputReader {

    @Override
    public List<?> read(MatchedRequest request) {
        boolean binary = !request.attributes().isEmpty();
        // The data is JSON by default. A browser sends ce-* headers to another origin only after a preflight request.
        if (binary && request.header().apply("Content-Type").isEmpty()) {
            return events.binary(EventHeaders.of(request), null, request.body());
        }
        MediaType type = request.contentType(accepted);
        return switch (type.essence()) {
            case MediaTypes.CLOUD_EVENT -> events.structured(request.body());
            case MediaTypes.CLOUD_EVENTS -> events.batch(request.body());
            case MediaTypes.NDJSON, MediaTypes.X_NDJSON, MediaTypes.JSONL -> lines(request, type, binary);
            default -> binary ? binary(request, type) : plain(request);
        };
    }

    private List<?> binary(MatchedRequest request, MediaType type) {
        if (!type.isJson()) {
            throw MatchedRequest.unsupported(type.essence(), List.of(MediaTypes.JSON));
        }
        return events.binary(EventHeaders.of(request), type.essence(), request.body());
    }

    private List<?> lines(MatchedRequest request, MediaType type, boolean binary) {
        if (binary) {
            throw MatchedRequest.unsupported(type.essence(), List.of(MediaTypes.JSON));
        }
        return events.lines(request.body());
    }

    private List<?> plain(MatchedRequest request) {
        request.checkContentType(accepted);
        return events.plain(request.body());
    }
}
