package kutip_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	grpcstatus "google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"kutip.dev/go/kutipv1"
)

var root, _ = filepath.Abs("../..")

// program is the built server: $KUTIP_PROGRAM, else from a build folder. Skips the test if there is none.
func program(t *testing.T) string {
	t.Helper()
	for _, path := range []string{os.Getenv("KUTIP_PROGRAM"), root + "/build/release/service/kutip", root + "/build/dev/service/kutip"} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skip("no server is built; run script/build dev kutip")
	return ""
}

// startLive starts a Kutip with the shipped rules; it is killed when the test ends, or by kill.
func startLive(t *testing.T, listen string) (address string, kill func()) {
	t.Helper()
	command := exec.Command(program(t), "serve", "--rules", root+"/rules", "--listen", listen)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}
	t.Cleanup(kill)
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		if _, found, ok := strings.Cut(lines.Text(), "listening on "); ok {
			go func() {
				for lines.Scan() {
				}
			}()
			return strings.TrimSpace(found), kill
		}
	}
	t.Fatal("the server did not start")
	return "", nil
}

// reply is one of a case of conformance/cases.json.
type reply struct {
	Status     string            `json:"status"`
	PushbackMs *int              `json:"pushback_ms"`
	Response   map[string]string `json:"response"`
	DelayMs    int               `json:"delay_ms"`
}

// scriptedServer gives the replies, one a call.
type scriptedServer struct {
	kutipv1.UnimplementedAnnotationServiceServer
	replies []reply
	calls   atomic.Int32
}

func startScripted(t *testing.T, replies []reply) (address string, server *scriptedServer) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server = &scriptedServer{replies: replies}
	rpc := grpc.NewServer()
	kutipv1.RegisterAnnotationServiceServer(rpc, server)
	go func() { _ = rpc.Serve(listener) }()
	t.Cleanup(rpc.Stop)
	return listener.Addr().String(), server
}

func (s *scriptedServer) Annotate(ctx context.Context, _ *kutipv1.AnnotateRequest) (*kutipv1.AnnotateResponse, error) {
	response := &kutipv1.AnnotateResponse{}
	return response, s.reply(ctx, response)
}

func (s *scriptedServer) BatchAnnotate(ctx context.Context, _ *kutipv1.BatchAnnotateRequest) (*kutipv1.BatchAnnotateResponse, error) {
	response := &kutipv1.BatchAnnotateResponse{}
	return response, s.reply(ctx, response)
}

func (s *scriptedServer) reply(ctx context.Context, response proto.Message) error {
	call := int(s.calls.Add(1)) - 1
	reply := s.replies[min(call, len(s.replies)-1)]
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(reply.DelayMs) * time.Millisecond):
	}
	if reply.Status == "" {
		bytes, err := base64.StdEncoding.DecodeString(reply.Response["OFFSET_UNIT_UTF8"])
		return errors.Join(err, proto.Unmarshal(bytes, response))
	}
	bytes, err := base64.StdEncoding.DecodeString(reply.Status)
	var failure status.Status
	if err := errors.Join(err, proto.Unmarshal(bytes, &failure)); err != nil {
		return err
	}
	if reply.PushbackMs != nil {
		_ = grpc.SetTrailer(ctx, metadata.Pairs("grpc-retry-pushback-ms", strconv.Itoa(*reply.PushbackMs)))
	}
	return grpcstatus.FromProto(&failure).Err()
}
