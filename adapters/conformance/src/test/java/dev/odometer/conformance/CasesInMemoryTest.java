package dev.odometer.conformance;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.springframework.context.ConfigurableApplicationContext;

class CasesInMemoryTest extends CasesContract {

    private static final ConfigurableApplicationContext CONTEXT = InMemoryApp.start();

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @Override
    HttpReply answer(Sent request) {
        return InMemoryApp.door(CONTEXT).handle(asDelivered(request(request)));
    }

    /** With headers as a server delivers them, one char per byte. */
    static HttpRequest asDelivered(HttpRequest request) {
        var headers = new TreeMap<String, List<String>>();
        request.headers()
                .forEach((name, value) -> headers.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        return new HttpRequest(request.method(), request.path(), request.query(), Headers.of(headers), request.body());
    }

    static HttpRequest request(Sent sent) {
        int mark = sent.target().indexOf('?');
        Headers headers = Headers.NONE;
        for (Map.Entry<String, String> header : sent.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        return new HttpRequest(
                sent.method(),
                mark < 0 ? sent.target() : sent.target().substring(0, mark),
                mark < 0 ? null : sent.target().substring(mark + 1),
                headers,
                sent.body());
    }
}
