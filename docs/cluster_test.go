package docs_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSlurm types the ```slurm blocks of cluster.md into a shell of a cluster of
// one node, which it starts for itself on this machine.
func TestSlurm(t *testing.T) {
	for _, need := range []string{"slurmctld", "slurmd", "sbatch", "sinfo"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Skipf("Slurm is not installed (Debian: apt-get install slurm-wlm): %v", err)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("a cluster of its own needs root: slurmd starts tasks as their users")
	}
	text, err := os.ReadFile("cluster.md")
	if err != nil {
		t.Fatal(err)
	}
	startSlurm(t)
	root, bin := buildMizan(t)
	s := session{root: root, bin: bin, dir: t.TempDir()}
	commands := 0
	for _, b := range parse("cluster.md", string(text), "slurm") {
		commands += len(b.commands)
		s.run(t, b)
	}
	if commands < 4 {
		t.Errorf("only %d commands found in cluster.md", commands)
	}
}

// startSlurm starts the controller and the one node of a cluster, and waits
// until the node is idle. Both are stopped at the end of the test.
func startSlurm(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"state", "spool"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	config := strings.NewReplacer("DIR", dir, "CONTROL", freePort(t), "NODE", freePort(t)).Replace(slurmConfig)
	path := filepath.Join(dir, "slurm.conf")
	if err := os.WriteFile(path, []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SLURM_CONF", path)
	startDaemon(t, dir, "slurmctld", "-D", "-f", path)
	startDaemon(t, dir, "slurmd", "-D", "-N", "one", "-f", path)
	var out []byte
	for range 300 {
		out, _ = exec.Command("sinfo", "--noheader", "--format", "%T").CombinedOutput()
		if strings.TrimSpace(string(out)) == "idle" {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	for _, log := range []string{"slurmctld.log", "slurmd.log"} {
		text, _ := os.ReadFile(filepath.Join(dir, log))
		t.Logf("%s:\n%s", log, text)
	}
	t.Fatalf("the node did not become idle; sinfo says %q", out)
}

func startDaemon(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		_ = log.Close()
	})
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

// slurmConfig is a cluster of one node and two processors that asks nobody who
// they are and listens for itself alone.
const slurmConfig = `ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=CONTROL
SlurmdPort=NODE
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
StateSaveLocation=DIR/state
SlurmdSpoolDir=DIR/spool
SlurmctldPidFile=DIR/slurmctld.pid
SlurmdPidFile=DIR/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobCompType=jobcomp/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MailProg=/bin/true
ReturnToService=2
KillWait=5
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
NodeName=one NodeHostname=localhost NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=one Default=YES MaxTime=INFINITE State=UP
`
