package dev.odometer.aws.lambda.http;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.http.HttpDoor;
import java.util.List;

/** The kinds of events that are HTTP requests. */
public final class HttpKinds {

    static final List<Codec> CODECS = List.of(new RestApi(), new HttpApi(), new LoadBalancer());

    private HttpKinds() {}

    /** One kind per source, all with the same door. */
    public static List<EventKind> of(HttpDoor door) {
        return CODECS.stream()
                .<EventKind>map(codec -> new HttpKind(codec, door))
                .toList();
    }
}
