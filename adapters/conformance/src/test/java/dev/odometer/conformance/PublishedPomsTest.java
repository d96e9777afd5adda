package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The POMs have what Maven Central requires, and each artifact is either published or excluded. */
class PublishedPomsTest {

    private static final Path ROOT = Path.of("../..");
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private static Document pom(String folder) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(ROOT.resolve(folder).resolve("pom.xml").toFile());
        } catch (IOException | ParserConfigurationException | SAXException unreadable) {
            throw new IllegalStateException(folder, unreadable);
        }
    }

    private static List<String> texts(Document pom, String path) {
        try {
            var nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
            var texts = new ArrayList<String>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent().strip());
            }
            return texts;
        } catch (XPathExpressionException invalid) {
            throw new IllegalArgumentException(path, invalid);
        }
    }

    static List<String> modules() {
        return texts(pom(""), "/project/modules/module | /project/profiles/profile[id='all']/modules/module").stream()
                // A project of its own.
                .filter(module -> !module.equals("examples/orders"))
                .toList();
    }

    private static String artifact(String module) {
        return texts(pom(module), "/project/artifactId").get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void theParentHas(String element) {
        assertThat(texts(pom(""), "/project/" + element)).hasSize(1).doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleHasADescription(String module) {
        assertThat(texts(pom(module), "/project/description")).hasSize(1).doesNotContain("");
    }

    @Test
    void publishedModulesHaveNames() {
        List<String> libraries = modules().stream()
                .filter(module -> !artifact(module).contains("conformance"))
                .toList();

        assertThat(libraries)
                .hasSizeGreaterThan(15)
                .allSatisfy(module -> assertThat(texts(pom(module), "/project/name"))
                        .as(module)
                        .hasSize(1));
    }

    @Test
    void modulesWithTestsOnlyAreNotPublished() {
        assertThat(texts(pom(""), "//excludeArtifact"))
                .containsExactlyInAnyOrderElementsOf(modules().stream()
                        .map(PublishedPomsTest::artifact)
                        .filter(artifact -> artifact.contains("conformance"))
                        .toList());
    }
}
