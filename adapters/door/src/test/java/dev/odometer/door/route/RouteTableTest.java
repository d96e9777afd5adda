package dev.odometer.door.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.route.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static RouteTable<String> table(String... paths) {
        return RouteTable.of(List.of(paths), path -> Route.get(path, "f"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/{x},/a/{y}",
        "/a/b,/a/b",
        "/a/{x},/{y}/b",
        "/{x}/b/{y},/a/{z}/c",
    })
    void refusesAmbiguousRoutes(String one, String other) {
        assertThatThrownBy(() -> table(one, other)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"/a/{x},/a/b", "/a/{x},/b/{x}", "/a/{x},/a/{x}/b", "/{x}/{y},/a/{y}", "/a/{x}/c,/b/{x}/{y}"})
    void acceptsUnambiguousRoutes(String one, String other) {
        assertThat(table(one, other)).isNotNull();
    }

    @Test
    void prefersTheMostSpecificRoute() {
        RouteTable<String> table = table("/{x}/{y}", "/a/{y}", "/a/b");

        assertThat(table.find("GET", List.of("a", "b")).orElseThrow().serves()).isEqualTo("/a/b");
        assertThat(table.find("GET", List.of("a", "c")).orElseThrow().serves()).isEqualTo("/a/{y}");
        assertThat(table.find("HEAD", List.of("b", "b")).orElseThrow().fields()).isEqualTo(Map.of("x", "b", "y", "b"));
        assertThat(table.find("GET", List.of("a", ""))).isEmpty();
    }

    @Test
    void fallsBackToAFieldIfTheLiteralHasAnotherMethod() {
        var table = RouteTable.of(List.of(Route.get("/a/{x}", "f"), Route.post("/a/b", "g")), route -> route);

        assertThat(table.find("GET", List.of("a", "b")).orElseThrow().serves().function())
                .isEqualTo("f");
        assertThat(table.allow(List.of("a", "b"))).contains("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void determinesOpennessByRouteNotByPath() {
        var table = RouteTable.of(
                List.of(Route.get("/p/{x}", "f").forBrowsers(), Route.post("/p/{x}", "g"), Route.get("/q", "h")),
                route -> route);

        assertThat(table.isOpen("GET", List.of("p", "1"))).isTrue();
        assertThat(table.isOpen("HEAD", List.of("p", "1"))).isTrue();
        assertThat(table.isOpen("POST", List.of("p", "1"))).isFalse();
        assertThat(table.isOpen("OPTIONS", List.of("p", "1"))).isTrue();
        assertThat(table.isOpen("GET", List.of("q"))).isFalse();
    }
}
