package dev.odometer.conformance;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.Map;
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
        return InMemoryApp.door(CONTEXT).handle(request(request));
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
