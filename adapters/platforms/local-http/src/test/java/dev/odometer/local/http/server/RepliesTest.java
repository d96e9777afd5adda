package dev.odometer.local.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepliesTest {

    private static final int SIZE = 2 * Replies.FEW_BYTES;
    private static final HttpReply FILE = new HttpReply(200, Headers.NONE, new byte[SIZE]);

    private final ReplyBudget budget = new ReplyBudget(SIZE, Duration.ofSeconds(10));
    private final HttpServletResponse response =
            only(HttpServletResponse.class, Map.of("getOutputStream", new Unread()));
    private final AsyncContext async = only(AsyncContext.class, Map.of("getResponse", response));
    private final HttpServletRequest request = only(HttpServletRequest.class, Map.of("startAsync", async));

    /** The socket of a client that reads nothing. */
    private static final class Unread extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int one) throws IOException {
            throw new IOException("not ready");
        }
    }

    private record Answer(int size) implements ReplyBudget.Answer {
        @Override
        public void giveUp() {}
    }

    /** An object of the interface whose other methods do nothing. */
    private static <T> T only(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    @Test
    @SuppressWarnings("NullAway") // files do not need the door
    void keptAnswersLeaveTheMemoryToOthers() throws IOException {
        var timeouts = new ClientTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
        var replies = new Replies(null, budget, timeouts);

        for (int client = 0; client < 10; client++) {
            replies.writeKept(FILE, request, response);
        }

        assertThat(budget.add(new Answer(SIZE), System.nanoTime())).isTrue();
    }
}
