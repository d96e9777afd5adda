package dev.odometer.lambda.http;

import dev.odometer.door.HttpDoor;
import dev.odometer.lambda.EventKind;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of events that are HTTP requests. */
public final class HttpKinds {

    private HttpKinds() {}

    /** A row per source, all behind the same door. */
    public static List<EventKind> of(HttpDoor door) {
        return Stream.of(new HttpApi())
                .<EventKind>map(codec -> new HttpKind(codec, door))
                .toList();
    }
}
