package dev.odometer.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What OpenTelemetry's Java agent needs: its span is the parent of what happens while the servlet is called. */
class OpenTelemetryIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CONTINUE = "HTTP/1.1 100 \r\n\r\n";
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static final ThreadLocal<Boolean> IN_SPAN = ThreadLocal.withInitial(() -> false);
    private static ConfigurableApplicationContext context;
    private static int port;

    /** Does what the agent does around a servlet. */
    @Configuration(proxyBeanMethods = false)
    static class Agent {

        @Bean
        Filter span() {
            return (request, response, chain) -> {
                request.setAttribute("trace_id", TRACE);
                request.setAttribute("span_id", "b7ad6b7169203331");
                IN_SPAN.set(true);
                chain.doFilter(request, response);
                IN_SPAN.set(false);
            };
        }

        @Bean
        Consumer<List<Map<String, Object>>> swallow() {
            return events -> SEEN.add(MDC.get("traceId") + " " + IN_SPAN.get() + " "
                    + events.get(0).get("subject"));
        }
    }

    @BeforeAll
    static void start() {
        context = new SpringApplication(LocalProbes.class, Agent.class)
                .run(
                        "--server.port=0",
                        "--logging.level.root=OFF",
                        "--spring.main.allow-bean-definition-overriding=true");
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void clear() {
        SEEN.clear();
    }

    /** Sends an event, its head and its body in one packet or in two. */
    private static String send(boolean inOnePacket, String subject) throws IOException {
        byte[] body = ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                        + "\"}")
                .getBytes(UTF_8);
        String head = "POST /swallow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/cloudevents+json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            if (inOnePacket) {
                socket.getOutputStream().write((head + new String(body, UTF_8)).getBytes(UTF_8));
            } else {
                String asking = head.replace("Connection", "Expect: 100-continue\r\nConnection");
                socket.getOutputStream().write((asking + (char) body[0]).getBytes(UTF_8));
                // The server has read the head, and waits for the body.
                assertThat(new String(socket.getInputStream().readNBytes(CONTINUE.length()), UTF_8))
                        .isEqualTo(CONTINUE);
                socket.getOutputStream().write(body, 1, body.length - 1);
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8).split("\r\n", 2)[0].trim();
        }
    }

    @Test
    void aShortBodyIsHandledInTheSpanOfTheAgent() throws Exception {
        assertThat(send(true, "acme")).isEqualTo("HTTP/1.1 204");

        assertThat(SEEN).containsExactly(TRACE + " true acme");
    }

    @Test
    void aBodyThatArrivesLaterIsCompleteAndHasTheTraceId() throws Exception {
        assertThat(send(false, "acme")).isEqualTo("HTTP/1.1 204");

        assertThat(SEEN).containsExactly(TRACE + " false acme");
    }
}
