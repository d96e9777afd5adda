package dev.odometer.einvoice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;
import org.xml.sax.SAXException;

/** Validates UBL by the schema and by the rules of EN 16931. Compiled once, since that takes seconds. */
final class Validator {

    private static final String RULES = "/external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt";
    private static final String SCHEMAS = "/external/schemas/ubl21/maindoc/UBL-%s-2.1.xsd";
    /** Imported by namespace, each before those that import it. */
    private static final List<String> IMPORTED = List.of(
            "/schemas/CCTS_CCT_SchemaModule.xsd",
            "/schemas/xmldsig-core-schema.xsd",
            "/schemas/XAdES01903v132-201601.xsd",
            "/schemas/XAdES01903v141-201601.xsd");

    private static final Processor PROCESSOR = new Processor(false);
    private static final XsltExecutable EXECUTABLE = rules();
    private static final Schema INVOICE = schema("Invoice");
    private static final Schema CREDIT_NOTE = schema("CreditNote");

    private Validator() {}

    private static URL resource(String path) {
        return Objects.requireNonNull(Validator.class.getResource(path), path);
    }

    private static XsltExecutable rules() {
        try {
            return PROCESSOR
                    .newXsltCompiler()
                    .compile(new StreamSource(resource(RULES).toString()));
        } catch (SaxonApiException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema schema(String document) {
        Source[] sources = Stream.concat(IMPORTED.stream(), Stream.of(SCHEMAS.formatted(document)))
                .map(path -> new StreamSource(resource(path).toString()))
                .toArray(Source[]::new);
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(sources);
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rules that the document breaks, also those that are only warnings. */
    static List<String> violations(byte[] ubl) throws Exception {
        var violations = new ArrayList<String>();
        boolean isCredit = new String(ubl, 0, 100, StandardCharsets.UTF_8).contains("<CreditNote");
        try {
            (isCredit ? CREDIT_NOTE : INVOICE).newValidator().validate(new StreamSource(new ByteArrayInputStream(ubl)));
        } catch (SAXException invalid) {
            violations.add("schema: " + invalid.getMessage());
        }
        XdmNode report = report(ubl);
        XPathCompiler xpath = PROCESSOR.newXPathCompiler();
        xpath.declareNamespace("svrl", "http://purl.oclc.org/dsdl/svrl");
        for (XdmItem failed :
                xpath.evaluate("//svrl:failed-assert/concat(@id, ': ', svrl:text, ' at ', @location)", report)) {
            violations.add(failed.getStringValue());
        }
        if (xpath.evaluate("//svrl:fired-rule", report).size() < 20) {
            violations.add("hardly a rule was applied");
        }
        return violations;
    }

    private static XdmNode report(byte[] ubl) throws SaxonApiException {
        Xslt30Transformer transformer = EXECUTABLE.load30();
        var report = new XdmDestination();
        transformer.applyTemplates(
                PROCESSOR.newDocumentBuilder().build(new StreamSource(new ByteArrayInputStream(ubl))), report);
        return report.getXdmNode();
    }

    /** The codes that a rule allows, as they are in the rules. */
    static Set<String> codes(String rule) {
        try (InputStream rules = resource(RULES).openStream()) {
            String text = new String(rules.readAllBytes(), StandardCharsets.UTF_8);
            String before = text.substring(0, text.indexOf("[" + rule + "]"));
            String list = before.substring(before.lastIndexOf("contains(' ") + "contains(' ".length());
            return Set.of(list.substring(0, list.indexOf(" '")).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
