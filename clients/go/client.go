package kutip

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"kutip.dev/go/kutipv1"
)

// Client is a connection to a server. It is safe for use by many goroutines; one for the whole process is enough.
type Client struct {
	// Stub is the generated one, for everything that has no method here; its calls fail with the errors of gRPC.
	Stub kutipv1.AnnotationServiceClient
	// Timeout is for a call with all of its retries, where the context has no deadline. 30 s unless changed before use.
	Timeout time.Duration

	conn *grpc.ClientConn
}

// NewClient makes a client of the server at a gRPC target, like "127.0.0.1:50061", "unix:/run/kutip.sock" or
// "dns:///kutip:50061"; an empty one means $KUTIP_SERVER, else 127.0.0.1:50061. The connection is plain unless an option
// says otherwise.
func NewClient(server string, options ...grpc.DialOption) (*Client, error) {
	if server == "" {
		server = defaultServer()
	}
	conn, err := grpc.NewClient(server, append(channelOptions(), options...)...)
	if err != nil {
		return nil, err
	}
	return &Client{Stub: kutipv1.NewAnnotationServiceClient(conn), Timeout: defaultTimeout, conn: conn}, nil
}

// Close ends the connection.
func (c *Client) Close() error { return c.conn.Close() }

// Annotate annotates one text. options may be nil. The error is an *Error.
func (c *Client) Annotate(ctx context.Context, text string, options *kutipv1.AnnotateOptions) (*Answer, error) {
	return c.AnnotateDocument(ctx, Document(text), options)
}

// AnnotateDocument annotates a text that says its id or language.
func (c *Client) AnnotateDocument(ctx context.Context, document *kutipv1.Document, options *kutipv1.AnnotateOptions) (*Answer, error) {
	ctx, cancel := c.withDeadline(ctx)
	defer cancel()
	request := &kutipv1.AnnotateRequest{Document: document, Options: inBytes(options)}
	response, err := c.Stub.Annotate(ctx, request)
	if err != nil {
		return nil, errorOfCall(err)
	}
	return newAnswer(textOf(document), response)
}

// ServerInfo tells what the server is and can do: version, limits, languages, active ruleset.
func (c *Client) ServerInfo(ctx context.Context) (*kutipv1.GetServerInfoResponse, error) {
	ctx, cancel := c.withDeadline(ctx)
	defer cancel()
	response, err := c.Stub.GetServerInfo(ctx, &kutipv1.GetServerInfoRequest{})
	return response, errorOfCall(err)
}

// Document is the document of a text. It travels as bytes, so that ill-formed UTF-8 fails alone and the error says where.
func Document(text string) *kutipv1.Document {
	return &kutipv1.Document{Source: &kutipv1.Document_Utf8{Utf8: []byte(text)}}
}

func textOf(document *kutipv1.Document) string {
	if source, ok := document.GetSource().(*kutipv1.Document_Text); ok {
		return source.Text
	}
	return string(document.GetUtf8())
}

// inBytes are the caller's options, with offsets in bytes of UTF-8.
func inBytes(options *kutipv1.AnnotateOptions) *kutipv1.AnnotateOptions {
	own := &kutipv1.AnnotateOptions{}
	if options != nil {
		own = proto.CloneOf(options)
	}
	own.OffsetUnit = kutipv1.OffsetUnit_OFFSET_UNIT_UTF8
	return own
}

func (c *Client) withDeadline(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, c.Timeout)
}
