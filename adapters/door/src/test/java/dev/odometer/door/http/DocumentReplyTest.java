package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Represented;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Tabular;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DocumentReplyTest {

    record Name(String id) {}

    /** A view, a table, and a document in any media type. */
    record Paper(Name view) implements Represented<Name>, Tabular {

        @Override
        public Document document(String mediaType) {
            if (view.id.equals("draft")) {
                throw Refusal.conflict("drafts have no documents: draft");
            }
            return new Document(view.id + "\r\n.x", ("<" + mediaType + ">").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String tableName() {
            return view.id;
        }

        @Override
        public List<String> columns() {
            return List.of("id");
        }

        @Override
        public List<List<String>> cells() {
            return List.of(List.of(view.id));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Papers {

        @Bean
        Function<Name, Represented<Name>> paper() {
            return Paper::new;
        }

        @Bean
        Routes routes() {
            return new Routes(List.of(Route.get("/papers/{id}", "paper")
                    .produces(MediaTypes.JSON, MediaTypes.CSV, MediaTypes.HTML, MediaTypes.XML, MediaTypes.PDF)));
        }
    }

    private static final ConfigurableApplicationContext CONTEXT = Doors.start(Papers.class);

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    private static HttpReply get(String path, String... headers) {
        return CONTEXT.getBean(HttpDoor.class).handle(Doors.request("GET", path, new byte[0], headers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json|{\"id\":\"a b\"}",
                "application/json|application/json|{\"id\":\"a b\"}",
                "text/csv|text/csv|id~a b~",
                "text/html|text/html;charset=utf-8|<text/html>",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|text/html;charset=utf-8|<text/html>",
                "application/xml|application/xml|<application/xml>",
                "application/pdf|application/pdf|<application/pdf>"
            })
    void writesTheRepresentationThatTheClientAccepts(String accept, String type, String body) {
        HttpReply reply = get("/papers/a%20b", "Accept", accept);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().all("Content-Type")).containsExactly(type);
        assertThat(Doors.text(reply)).isEqualTo(body.replace('~', '\n'));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,inline; filename=a__.x",
        "application/pdf,inline; filename=a__.x",
        "application/xml,attachment; filename=a__.x",
        "text/csv,attachment; filename=a.csv"
    })
    void namesAFileWithoutUnsafeCharacters(String accept, String disposition) {
        assertThat(get("/papers/a", "Accept", accept).headers().all("Content-Disposition"))
                .containsExactly(disposition);
    }

    @Test
    void aPageRunsNothingAndLoadsNothing() {
        Headers headers = get("/papers/a", "Accept", "text/html").headers();

        assertThat(headers.first("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'", "sandbox")
                        .doesNotContain("script-src"));
        assertThat(headers.all("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(get("/papers/a", "Accept", "application/xml").headers().first("Content-Security-Policy"))
                .isEmpty();
    }

    @Test
    void aDocumentCanBeRefused() {
        HttpReply reply = get("/papers/draft", "Accept", "application/xml");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(Doors.detail(reply)).endsWith("drafts have no documents: draft");
        assertThat(get("/papers/draft").status()).isEqualTo(200);
    }

    @Test
    void namesAllMediaTypesIfNoneIsAccepted() {
        HttpReply reply = get("/papers/a", "Accept", "image/png");

        assertThat(reply.status()).isEqualTo(406);
        assertThat(Doors.detail(reply))
                .isEqualTo("available only as application/json or text/csv or text/html or application/xml or "
                        + "application/pdf");
    }
}
